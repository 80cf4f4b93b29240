// @ts-check
// The service worker of /saisie/. The site writes BUILD above: version, shell, assets, static, immutable.
// It keeps the shell and its assets, which are about nobody; never a page of somebody, never an answer in JSON.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = `cqp-carnet-${BUILD.version}`;
const PATIENCE = 3000;
const GATEWAY_ERRORS = [502, 503, 504];

worker.addEventListener("install", (event) => {
  const wanted = [BUILD.shell, ...BUILD.assets].map((url) => new Request(url, { cache: "no-cache", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("cqp-carnet-") && name !== CACHE).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(forget());
});

/** @param {string} url */
const cached = (url) => caches.match(url, { cacheName: CACHE, ignoreVary: true }); // opening it would make it again

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
const inTime = (request) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("too slow")), PATIENCE);
  fetch(request).then(resolve, reject);
});

/**
 * The page of the site, or the shell when the network is absent, slow or broken half-way.
 * @param {Request} request
 */
const page = async (request) => {
  try {
    const response = await inTime(request);
    if (!GATEWAY_ERRORS.includes(response.status)) return response;
    return (await cached(BUILD.shell)) ?? response;
  } catch {
    return (await cached(BUILD.shell)) ?? Response.error();
  }
};

/**
 * A file whose name holds its hash comes from the phone at once; another one first from the network.
 * @param {Request} request
 */
const asset = async (request) => {
  if (BUILD.immutable) return (await cached(request.url)) ?? fetch(request);
  try {
    return await inTime(request);
  } catch {
    return (await cached(request.url)) ?? Response.error();
  }
};

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith(BUILD.static)) event.respondWith(asset(request));
});
