// One save, and what came of it in one word: saved, network, login, owner, old, moved or rule.

const PATIENCE = 15000;

const token = () =>
  document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ??
  document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const meaning = ({ status, data }) => {
  if (status === 200 && data) return { word: "saved", revision: data.revision, at: data.at };
  if (status === 401) return { word: "login" };
  if (status === 409 && data?.error === "owner") return { word: "owner" };
  if (status === 409 && data?.error === "moved") return { word: "moved", sentence: data.sentence, theirs: data.theirs };
  if (status === 403 && data?.error === "csrf") return { word: "old" };
  if ([400, 403, 404, 409].includes(status) && data?.sentence) return { word: "rule", sentence: data.sentence };
  return { word: "network" }; // busy, in maintenance, or a portal in between: try again later
};

/** Sends one draft; never throws. */
export const send = async ({ owner, page, revision, content, url }) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "error",
      cache: "no-store",
      credentials: "same-origin",
      keepalive: true,
      signal: stop.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ owner, page, revision, ...content }),
    });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return meaning({ status: response.status, data: isJson ? await response.json() : null });
  } catch {
    return { word: "network" };
  } finally {
    clearTimeout(timer);
  }
};
