import type { Emulator } from "@acs-auth/emulator";

const CALLER_HEADERS = { "user-agent": "contoso-browser/1.0", "x-forwarded-for": "203.0.113.7" };

/** What happens on a server: people join, come back and leave; ACS loses a reply and asks to slow down. */
export async function visit(url: string, emulator: Emulator): Promise<void> {
  const userOne = await emulator.mintToken({ user: "user-one" });
  const userTwo = await emulator.mintToken({ user: "user-two" });
  const { faults } = emulator;

  await request(url, "POST", "/api/token", userOne);
  await request(url, "GET", "/api/token", userOne);

  // ACS creates an identity, and its reply is lost: the service tries again and reports a possible orphan.
  faults.add({
    service: "communication",
    method: "POST",
    path: "/identities",
    stage: "after",
    connection: "reset",
    times: 1,
  });
  await request(url, "POST", "/api/user", userTwo);

  // ACS asks to wait for longer than a request may take.
  faults.add({ service: "communication", status: 429, retryAfterInSeconds: 60, times: 1 });
  await request(url, "GET", "/api/token", userTwo);

  await request(url, "DELETE", "/api/user", userOne);
  await request(url, "GET", "/api/token", userOne);
  await request(url, "GET", "/api/user", "no-token");
}

/** As it comes from a browser by way of a proxy. */
async function request(url: string, method: string, path: string, accessToken: string): Promise<void> {
  const headers = { ...CALLER_HEADERS, authorization: `Bearer ${accessToken}` };
  const response = await fetch(url + path, { method, headers });
  await response.arrayBuffer();
  console.error(`${method} ${path} ${response.status}`);
}
