// Writes the API report of every public package from its built types.
import { apiReports } from "./check/api-reports.mjs";

apiReports({ write: true });
