// Waiting for the thing itself, with an end to it. No test sleeps.

const PATIENCE_MS = 20_000;

// Settles as `promise` does, or fails after a while saying what did not come.
export async function within(promise, what, ms = PATIENCE_MS) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// Asks again and again, each time over the wire, until the answer is truthy; returns it.
export async function eventually(ask, what, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`no ${what} within ${ms} ms`);
  }
}
