// Amplify PubSub as a guest of an identity pool.
import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { Amplify } from "@aws-amplify/core";
import { PubSub } from "@aws-amplify/pubsub";

// `pubsub` are PubSub's options.
window.listen = ({ identityPoolId, identityPoolEndpoint, pubsub, topic }) => {
  // What configure() of the package `aws-amplify` does.
  Amplify.configure(
    { Auth: { Cognito: { identityPoolId, identityPoolEndpoint, allowGuestAccess: true } } },
    { Auth: { credentialsProvider: cognitoCredentialsProvider, tokenProvider: cognitoUserPoolsTokenProvider } },
  );
  new PubSub(pubsub).subscribe({ topics: topic }).subscribe({
    next: (message) => window.arrived(JSON.stringify(message)),
    error: (error) => window.arrived(`error: ${error}`),
  });
};
