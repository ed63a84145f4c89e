/** The link chart; fetched only by the page that has one. */
import "./styles/index.css";

import { defineLinkChart } from "./link-chart.ts";

defineLinkChart();
