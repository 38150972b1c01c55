// An OpenID provider that nobody here wrote (oidc-provider, certified by the OpenID Foundation), set up as a Barnahus installation would set up its own:
// the audience barnahus, access tokens of RFC 9068, machine clients with private_key_jwt. Reads its setting as JSON from standard input, prints
// the address it listens on, and ends when standard input closes.
import * as http from "node:http";
import { Provider } from "oidc-provider";

let text = "";
let started = false;
process.stdin.on("data", (chunk) => {
  text += chunk;
  if (!started && text.includes("\n")) {
    started = true;
    start(JSON.parse(text));
  }
});
process.stdin.on("end", () => process.exit(0));

function start({ keys, clients, algorithm }) {
  const server = http.createServer();
  server.listen(0, "127.0.0.1", () => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const configuration = {
      jwks: { keys },
      clients: clients.map(({ clientId, jwks, scope, redirectUri }) => ({
        client_id: clientId,
        jwks: { keys: jwks },
        scope,
        grant_types: [redirectUri ? "authorization_code" : "client_credentials"],
        response_types: redirectUri ? ["code"] : [],
        redirect_uris: redirectUri ? [redirectUri] : [],
        token_endpoint_auth_method: "private_key_jwt",
      })),
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      loadExistingGrant: (ctx) => withoutConsent(provider, ctx.oidc),
      pkce: { required: () => true },
      scopes: ["openid", "referrals.submit", "referrals.receipts"],
      clientAuthMethods: ["private_key_jwt"],
      enabledJWA: { clientAuthSigningAlgValues: ["ES256", "PS256"], idTokenSigningAlgValues: ["PS256", "ES256"] },
      clientDefaults: { id_token_signed_response_alg: algorithm },
      extraTokenClaims: (_, token) => clients.find(({ clientId }) => clientId === token.clientId).claims,
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => "urn:barnahus",
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: "referrals.submit referrals.receipts",
            audience: "barnahus",
            accessTokenFormat: "jwt",
            accessTokenTTL: 300,
            jwt: { sign: { alg: algorithm } },
          }),
        },
      },
    };
    const provider = new Provider(issuer, configuration);
    const answer = provider.callback();
    server.on("request", (request, response) =>
      request.url.startsWith("/interaction/") ? letIn(provider, request, response) : answer(request, response));
    console.log(issuer);
  });
}

// The page to sign in on: lets in whom the test names.
function letIn(provider, request, response) {
  const accountId = new URL(request.url, provider.issuer).searchParams.get("account");
  const result = accountId ? { login: { accountId } } : { error: "access_denied" };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function withoutConsent(provider, { client, session }) {
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}
