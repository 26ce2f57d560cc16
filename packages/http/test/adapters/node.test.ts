import { toNodeListener } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { serveRaw, statusesOf } from "../support/raw.js";
import { createFixture, tokens } from "./fixtures/fixture.mjs";

const caller = `Host: api.example\r\nAuthorization: Bearer ${tokens.caller}\r\n`;
const tooLarge = "a".repeat(70_000);
const chunk = `${tooLarge.length.toString(16)}\r\n${tooLarge}\r\n`;
const request = `POST /exchange HTTP/1.1\r\n${caller}Transfer-Encoding: chunked\r\n\r\n${chunk}`;
// Node itself is to cut nobody off.
const options = { keepAliveTimeout: 0, requestTimeout: 0 };

describe("Node's server: a body that is too large", () => {
  it("leaves the connection to the next request once it has arrived", async () => {
    const send = await serveRaw(toNodeListener(createFixture().handler), options);
    const next = `GET /api/user HTTP/1.1\r\n${caller}Connection: close\r\n\r\n`;
    expect(statusesOf(await send(`${request}${chunk.repeat(20)}0\r\n\r\n${next}`))).toEqual([413, 200]);
  });

  it("ends the connection if it never ends", async () => {
    const send = await serveRaw(toNodeListener(createFixture().handler), options);
    expect(statusesOf(await send(request))).toEqual([413]);
  });
});
