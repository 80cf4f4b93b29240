// @ts-check
// The service worker of every page but those of /saisie/, which have their own: without network it shows a page of the
// site that says so. The site writes BUILD above: version, page, assets. It stores nothing about anybody.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PREFIX = "cqp-hors-reseau-";
const CACHE = PREFIX + BUILD.version;

worker.addEventListener("install", (event) => {
  const wanted = [BUILD.page, ...BUILD.assets].map((url) => new Request(url, { cache: "no-cache", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  };
  event.waitUntil(forget());
});

/**
 * The answer of the site; without network, what was stored under this address.
 * @param {Request} request
 * @param {string} url
 */
const orStored = async (request, url) => {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(url, { cacheName: CACHE, ignoreVary: true })) ?? Response.error();
  }
};

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(orStored(request, BUILD.page));
  else if (BUILD.assets.includes(pathname)) event.respondWith(orStored(request, request.url));
});
