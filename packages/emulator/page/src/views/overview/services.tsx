import type { ServiceName } from "../../../../src/server/request-counters.js";
import { Badge } from "../../components/badge.js";
import { CopyButton } from "../../components/copy-button.js";
import { Section } from "../../components/section.js";
import { Table } from "../../components/table.js";
import { type EmulatorData, isReachable } from "../../data/emulator-data.js";
import { services, serviceTitles } from "../../data/services.js";

export function Services({ info, faults, counts }: EmulatorData) {
  const requests = (service: ServiceName) =>
    counts.filter((route) => route.service === service).reduce((total, { count }) => total + count, 0);
  const columns = [
    { title: "Service", cell: (service: ServiceName) => <strong>{serviceTitles[service]}</strong> },
    {
      title: "URL",
      cell: (service: ServiceName) => (
        <span class="identifier">
          <code>{info.services[service]}</code>{" "}
          <CopyButton what={`the URL of ${serviceTitles[service]}`} text={info.services[service]} />
        </span>
      ),
    },
    {
      title: "Health",
      cell: (service: ServiceName) => (
        <Health
          faults={faults.filter(({ fault }) => fault.service === undefined || fault.service === service).length}
        />
      ),
    },
    { title: "Requests", cell: (service: ServiceName) => requests(service) },
  ];
  return (
    <Section title="Services">
      <Table caption="Services" columns={columns} rows={services} rowKey={(service) => service} empty="" />
    </Section>
  );
}

/** All services run in the process that answers this page. */
function Health({ faults }: { readonly faults: number }) {
  if (!isReachable.value) return <Badge tone="bad">not reachable</Badge>;
  if (faults === 0) return <Badge tone="good">running</Badge>;
  return (
    <a href="#/faults">
      <Badge tone="warning">{faults === 1 ? "1 fault set" : `${faults} faults set`}</Badge>
    </a>
  );
}
