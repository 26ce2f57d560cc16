/** The call of Microsoft's single-page app for Teams. It takes every answer for JSON and reads its `token`. */
export async function exchange(server: string, accessToken: string, teamsToken: string): Promise<unknown> {
  const response = await fetch(`${server}exchange`, {
    method: "POST",
    headers: { Authorization: `Bearer ${accessToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ accessToken: teamsToken }),
  });
  return response.json();
}
