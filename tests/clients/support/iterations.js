// The voting application as it grows: templates that are deployed one after the other onto one stack, and the
// parameters that are new with each. With the workshop's own templates where they are at hand, else with ours.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const workshop = join(root, "../shared/workshop");

const first = { AppName: "voting-service", ApiStageName: "dev" };
const live = (server) => ({ IotEndpoint: `localhost:${server.port}`, IotTopicName: "votes" });

export const usesWorkshop = existsSync(workshop);

// [{template, parameters(server), counts}]: `counts` is the function that writes to the table then.
export const iterations = usesWorkshop
  ? [
      { template: join(workshop, "iteration-1/template.yaml"), parameters: () => first, counts: "update-dynamodb" },
      { template: join(workshop, "iteration-2/template.yaml"), parameters: live, counts: "update-dynamodb" },
      { template: join(workshop, "iteration-3/template.yaml"), parameters: () => ({}), counts: "sqs-update-dynamodb" },
    ]
  : [
      {
        template: join(root, "fixtures/voting-app/without-queue.yaml"),
        parameters: () => first,
        counts: "update-dynamodb",
      },
      { template: join(root, "fixtures/voting-app/template.yaml"), parameters: live, counts: "sqs-update-dynamodb" },
    ];

// Puts the template into an application's folder, with something where each CodeUri says that there is code.
export function layOut(iteration, folder) {
  const text = readFileSync(iteration.template, "utf8");
  for (const [, path] of text.matchAll(/CodeUri: (\S+)\/$/gm)) {
    const file = join(folder, path, "index.js");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `exports.handler = async () => "${path}";\n`);
  }
  writeFileSync(join(folder, "template.yaml"), text);
}
