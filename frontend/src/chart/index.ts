/** The link chart; fetched only by the page that has one. */
import "./chart.css";
import "./looks.css";

import { defineLinkChart } from "./link-chart.ts";

defineLinkChart();
