import { toAzureFunction } from "@acs-auth/http";
import { app } from "@azure/functions";
import { createHandler, readConfig } from "example-express-server/handler";

const handler = createHandler(readConfig(process.env), (request) => console.log(JSON.stringify(request)));

app.http("acs-auth", toAzureFunction(handler));
