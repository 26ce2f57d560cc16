import { CommunicationIdentityClient } from "@azure/communication-identity";
import express, { type ErrorRequestHandler, type Express, Router } from "express";
import { accessTokenOf, checkScope, checkToken, claimsOf } from "./authentication.js";
import { exchangeForGraphToken } from "./entra.js";
import { addMapping, deleteMapping, readMapping } from "./graph.js";
import type { ReferenceSettings } from "./settings.js";

/** The routes of Microsoft's sample server, each with the sample's steps in the sample's order. */
export function createReferenceApp(settings: ReferenceSettings): Express {
  const app = express();
  app.use(express.json(), express.urlencoded({ extended: false }));
  const authenticated = checkToken(settings.keysUrl);
  app.use("/api/user", authenticated, userRoutes(settings));
  app.use("/api/token", authenticated, checkScope, tokenRoutes(settings));
  app.use(answerFailure);
  return app;
}

function userRoutes(settings: ReferenceSettings): Router {
  const { extensionName } = settings;
  return Router()
    .get("/", async (request, response) => {
      const graphToken = await exchangeForGraphToken(settings, accessTokenOf(request.headers.authorization));
      const acsUserIdentity = await readMapping(graphToken, extensionName);
      if (acsUserIdentity) response.status(200).json({ acsUserIdentity });
      else response.status(404).json({ code: 404, message: "There is no identity mapping." });
    })
    .post("/", async (request, response) => {
      const graphToken = await exchangeForGraphToken(settings, accessTokenOf(request.headers.authorization));
      const existing = await readMapping(graphToken, extensionName);
      if (existing) {
        response.status(200).json({ acsUserIdentity: existing });
        return;
      }
      const { communicationUserId } = await identityClient(settings).createUser();
      await addMapping(graphToken, extensionName, communicationUserId);
      response.status(201).json({ acsUserIdentity: communicationUserId });
    })
    .delete("/", async (request, response) => {
      const graphToken = await exchangeForGraphToken(settings, accessTokenOf(request.headers.authorization));
      const communicationUserId = (await readMapping(graphToken, extensionName)) ?? "";
      await deleteMapping(graphToken, extensionName);
      await identityClient(settings).deleteUser({ communicationUserId });
      response.status(204).end();
    });
}

function tokenRoutes(settings: ReferenceSettings): Router {
  return Router()
    .get("/", async (request, response) => {
      const graphToken = await exchangeForGraphToken(settings, accessTokenOf(request.headers.authorization));
      const communicationUserId = await readMapping(graphToken, settings.extensionName);
      if (!communicationUserId) {
        response.status(404).json({ code: 404, message: "There is no identity to create a token for." });
        return;
      }
      const issued = await identityClient(settings).getToken({ communicationUserId }, [...settings.scopes]);
      response.status(201).json({ ...issued, user: { communicationUserId } });
    })
    .get("/teams", async (request, response) => {
      const exchanged = await identityClient(settings).getTokenForTeamsUser({
        teamsUserAadToken: String(request.headers["teams-user-aad-token"]),
        clientId: settings.teamsClientId,
        userObjectId: String(claimsOf(request)["oid"]),
      });
      response.status(201).json(exchanged);
    });
}

/** A new client for every call. */
function identityClient({ connectionString }: ReferenceSettings): CommunicationIdentityClient {
  return new CommunicationIdentityClient(connectionString);
}

const answerFailure: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(500).json({ code: 500, message: error instanceof Error ? error.message : String(error) });
};
