/** The maps of a page; fetched only by pages that have one. */
import "./map.css";

import { defineGeoMap } from "./geo-map.ts";
import { defineGeoPick } from "./geo-pick.ts";

defineGeoMap();
defineGeoPick();
