// What a page can have its browser send to another host, one way each. All settle when the browser is done with it,
// whether it worked or not.
const settled = (element, attributes) =>
  new Promise((resolve) => {
    element.onload = element.onerror = resolve;
    Object.assign(element, attributes);
    document.body.append(element);
  });

const form = (method, url, fields) => {
  const frame = document.createElement("iframe");
  frame.name = `frame-${document.querySelectorAll("iframe").length}`;
  const element = document.createElement("form");
  Object.assign(element, { method, action: url, target: frame.name });
  for (const [name, value] of Object.entries(fields)) {
    element.append(Object.assign(document.createElement("input"), { name, value }));
  }
  return new Promise((resolve) => {
    document.body.append(frame, element);
    frame.onload = resolve;
    element.submit();
  });
};

const quietly = (promise) => promise.then(() => {}, () => {});

// Each asks for one Query operation with these parameters.
window.ways = {
  "fetch that reads": (url, fields) => quietly(fetch(`${url}/?${new URLSearchParams(fields)}`)),
  "fetch that does not read": (url, fields) =>
    quietly(fetch(url, { method: "POST", mode: "no-cors", body: new URLSearchParams(fields) })),
  "fetch as plain text": (url, fields) =>
    quietly(
      fetch(`${url}/?${new URLSearchParams(fields)}`, { method: "POST", mode: "no-cors", body: JSON.stringify(fields) }),
    ),
  "fetch with AWS's header": (url, { Action, QueueUrl }) =>
    quietly(
      fetch(url, {
        method: "POST",
        headers: { "X-Amz-Target": `AmazonSQS.${Action}` },
        body: JSON.stringify({ QueueUrl }),
      }),
    ),
  "fetch without referrer": (url, fields) =>
    quietly(
      fetch(url, { method: "POST", mode: "no-cors", referrerPolicy: "no-referrer", body: new URLSearchParams(fields) }),
    ),
  head: (url, fields) =>
    quietly(fetch(`${url}/?${new URLSearchParams(fields)}`, { method: "HEAD", mode: "no-cors" })),
  image: (url, fields) => settled(new Image(), { src: `${url}/?${new URLSearchParams(fields)}` }),
  "image without referrer": (url, fields) =>
    settled(new Image(), { referrerPolicy: "no-referrer", src: `${url}/?${new URLSearchParams(fields)}` }),
  script: (url, fields) =>
    settled(document.createElement("script"), { src: `${url}/?${new URLSearchParams(fields)}` }),
  stylesheet: (url, fields) =>
    settled(document.createElement("link"), { rel: "stylesheet", href: `${url}/?${new URLSearchParams(fields)}` }),
  frame: (url, fields) =>
    settled(document.createElement("iframe"), { src: `${url}/?${new URLSearchParams(fields)}` }),
  "sandboxed frame": (url, fields) => {
    const script = `fetch("${url}", {method: "POST", mode: "no-cors", body: new URLSearchParams(${JSON.stringify(fields)})})
      .finally(() => parent.postMessage("done", "*"))`;
    return new Promise((resolve) => {
      window.addEventListener("message", resolve, { once: true });
      const frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts";
      frame.srcdoc = `<script>${script}</script>`;
      document.body.append(frame);
    });
  },
  "form with POST": (url, fields) => form("post", url, fields),
  "form with GET": (url, fields) => form("get", url, fields),
};

// The names of the addresses whose answers the page can read.
window.readable = async (addresses) => {
  const read = [];
  for (const [name, url] of Object.entries(addresses)) {
    try {
      await (await fetch(url)).text();
      read.push(name);
    } catch {
      // not for this page
    }
  }
  return read;
};

// "open" or "refused".
window.openWebSocket = (url) =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, "mqtt");
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
  });

window.imageWidth = async (url) => {
  const image = new Image();
  await settled(image, { src: url });
  return image.naturalWidth;
};

window.frame = (url) => settled(document.createElement("iframe"), { src: url });
