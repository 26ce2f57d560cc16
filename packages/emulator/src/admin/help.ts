export const help = `acs-auth emulator, admin endpoint (JSON); in a browser this is a page

GET    /info                where the services are, the fixtures, and the settings of a server
GET    /state               what the emulator holds
POST   /reset               back to the fixtures, without faults and counts
GET    /snapshot            everything, to go on later or elsewhere; holds private keys
POST   /snapshot            what GET /snapshot answered takes the place of the present state

POST   /tokens              {"user": "user-one"}  an Entra ID access token, as {"token"}
                            also: application, tenant, audience, scopes, roles, version, lifetimeInSeconds,
                            notBefore, claims, header, signWith
POST   /tokens/introspect   {"token"}  whether Communication Services would accept a token it issued
POST   /keys/rotate         {"publishOnly", "removeOld"}  a new Entra ID signing key

GET    /requests            how many requests each route has received
DELETE /requests            count from zero
GET    /log                 the newest requests with their answers, secrets shortened
GET    /log/stream          how they change, as server-sent events
DELETE /log                 forget them

GET    /faults              the faults in force and how many requests each has struck
POST   /faults              {"service", "method", "path", "after", "times", "stage", "delayInMs",
                            "status", "code", "body", "headers", "retryAfterInSeconds",
                            "connection": "reset" | "hang"}
DELETE /faults              none any more
DELETE /faults/{id}         this one

POST   /consents            {"application", "resource", "user", "scopes"}  grant a consent
DELETE /consents            the same body: take it back
POST   /mfa                 {"user", "resource"}  ask for a second factor until it is withdrawn
DELETE /mfa                 {"user", "resource"}  it is asked for no longer
POST   /sessions/revoke     {"user"}  sign a user out everywhere

POST   /graph/replica-lag         {"milliseconds", "reads"}  how long writes stay hidden from reads
POST   /graph/claims-challenges   {"user", "claims"}  refuse a user's tokens that do not meet the claims
DELETE /graph/claims-challenges   {"user"}  accept them again
`;
