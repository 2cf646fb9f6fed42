/** The page of the API's description: Swagger UI's own files, beside the record page's, which loads none of them. */
import { copyFileSync, mkdirSync } from "node:fs";

const from = new URL("node_modules/swagger-ui-dist/", import.meta.url);
const to = new URL("../src/tadmor/views/page/static/api/", import.meta.url);

mkdirSync(to, { recursive: true });
for (const name of ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE"])
  copyFileSync(new URL(name, from), new URL(name, to));
