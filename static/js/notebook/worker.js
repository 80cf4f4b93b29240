// The service worker of /saisie/. The site writes BUILD above: version, shell, assets, static, immutable.
// It keeps the shell and its assets, which are about nobody; never a page of somebody, never an answer in JSON.

const CACHE = `cqp-carnet-${BUILD.version}`;
const PATIENCE = 3000;
const GATEWAY_ERRORS = [502, 503, 504];

self.addEventListener("install", (event) => {
  const wanted = [BUILD.shell, ...BUILD.assets].map((url) => new Request(url, { cache: "no-cache", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("cqp-carnet-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

const kept = (url) => caches.match(url, { cacheName: CACHE, ignoreVary: true }); // opening it would make it again

const inTime = (request) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("too slow")), PATIENCE);
  fetch(request).then(resolve, reject);
});

/** The page of the site, or the shell when the network is absent, slow or broken half-way. */
const page = async (request) => {
  try {
    const response = await inTime(request);
    if (!GATEWAY_ERRORS.includes(response.status)) return response;
    return (await kept(BUILD.shell)) ?? response;
  } catch {
    return (await kept(BUILD.shell)) ?? Response.error();
  }
};

/** A file whose name holds its hash comes from the phone at once; another one first from the network. */
const asset = async (request) => {
  if (BUILD.immutable) return (await kept(request.url)) ?? fetch(request);
  try {
    return await inTime(request);
  } catch {
    return (await kept(request.url)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith(BUILD.static)) event.respondWith(asset(request));
});
