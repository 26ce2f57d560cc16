/** Sends requests one after the other, with an access token, and tells how each was answered. */
export async function statusesOf(
  url: string,
  accessToken: string,
  requests: readonly (readonly [method: string, path: string])[],
): Promise<number[]> {
  const statuses: number[] = [];
  for (const [method, path] of requests) {
    const answer = await fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${accessToken}` } });
    statuses.push(answer.status);
  }
  return statuses;
}
