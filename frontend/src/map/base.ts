/** The map under everything: countries, borders and towns of this office's own server, drawn by MapLibre. */
import { Map as MapLibreMap, addProtocol, setWorkerUrl } from "maplibre-gl";
import type { ExpressionSpecification, LayerSpecification, LngLatBoundsLike, SourceSpecification, StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

import { onThemeChange } from "../colours.ts";
import { type Colours, coloursOf } from "./colours.ts";
import { View } from "./view.ts";

/** What the node says of its maps. */
interface Frame {
  /** The own country. */
  own: string;
  countries: { code: string; name: string; at: [number, number] }[];
  /** Where the own office is; null where the network does not say. */
  here: [number, number] | null;
  /** Where the offices of the network are asked for. */
  offices: string;
  /** Where the shapes of countries are. */
  base: string;
  /** Where provinces are, if an administrator has loaded them; else empty. */
  provinces: string;
  /** Likewise of tiles, and what is in them. */
  tiles: string;
  tiles_kind: "" | "raster" | "vector";
}

export interface Town {
  names: { en: string; ru: string };
  zoom: number;
  at: [number, number];
}

interface Shapes {
  countries: GeoJSON.FeatureCollection;
  borders: GeoJSON.Feature;
  towns: Town[];
}

/** West, south, east, north. */
type Bounds = [number, number, number, number];

const REGION: Bounds = [44, 33, 92, 57.5];
const MOST_ZOOM = 12;
const MOST_ZOOM_WITH_TILES = 16;

export class NoMap extends Error {}

async function fetched<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new NoMap(`${url}: ${answer.status}`);
  return (await answer.json()) as T;
}

/** What was fetched once in the life of a page. */
const known = new Map<string, Promise<unknown>>();

function once<T>(url: string): Promise<T> {
  const asked = known.get(url) ?? fetched<T>(url);
  known.set(url, asked);
  asked.catch(() => known.delete(url));
  return asked as Promise<T>;
}

export class BaseMap {
  private constructor(
    readonly map: MapLibreMap,
    readonly frame: Frame,
    readonly towns: Town[],
    private readonly ended: AbortController,
  ) {}

  /**
   * Draw the map into an element that has a size.
   *
   * Raises NoMap where its parts do not come, or where the browser cannot draw it.
   */
  static async draw(place: HTMLElement, url: string, label: string): Promise<BaseMap> {
    const frame = await once<Frame>(url);
    const [shapes] = await Promise.all([once<Shapes>(frame.base), frame.tiles ? readTiles() : null]);
    setWorkerUrl(workerUrl);
    const ended = new AbortController();
    let map: MapLibreMap;
    try {
      map = new MapLibreMap({
        container: place,
        style: styleOf(frame, shapes, coloursOf(place)),
        bounds: REGION,
        maxBounds: REGION,
        minZoom: 2,
        maxZoom: frame.tiles ? MOST_ZOOM_WITH_TILES : MOST_ZOOM,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        renderWorldCopies: false,
        fadeDuration: 0,
      });
    } catch (error) {
      throw new NoMap(String(error));
    }
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.getCanvas().setAttribute("aria-label", label);
    onThemeChange(() => recolour(map, frame, coloursOf(place)), ended.signal);
    return new BaseMap(map, frame, shapes.towns, ended);
  }

  view(): View {
    const { lng, lat } = this.map.getCenter();
    const { clientWidth, clientHeight } = this.map.getContainer();
    return new View(lng, lat, this.map.getZoom(), clientWidth, clientHeight);
  }

  /** Show these bounds; what lies above on the map, so many pixels high, covers none of it. */
  fit(bounds: Bounds, above = 0): void {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    // Room for names beside the outermost signs, and for pins above them.
    const [across, along] = [Math.min(76, width / 6), Math.min(80, height / 4)];
    const padding = { top: along + above, bottom: along * 0.7, left: across, right: across };
    this.map.fitBounds(bounds as LngLatBoundsLike, { padding, maxZoom: 8, animate: false });
  }

  remove(): void {
    this.ended.abort();
    this.map.remove();
  }
}

let reads = false;

/** Let MapLibre read a PMTiles archive in parts; asked for only where an administrator has given one. */
async function readTiles(): Promise<void> {
  if (reads) return;
  const { Protocol } = await import("pmtiles");
  addProtocol("pmtiles", new Protocol().tile);
  reads = true;
}

/** A layer, and what of it has a colour of the page. */
interface Painted {
  layer: LayerSpecification;
  property: string;
  colour(colours: Colours): ExpressionSpecification | string;
}

function layersOf(frame: Frame): Painted[] {
  const lines = { "line-join": "round", "line-cap": "round" } as const;
  const tiles: Painted[] = {
    "": [],
    raster: [{ layer: { id: "tiles", type: "raster", source: "tiles" }, property: "", colour: () => "" } as Painted],
    vector: [
      {
        layer: { id: "lakes", type: "fill", source: "tiles", "source-layer": "water" },
        property: "fill-color",
        colour: (colours) => colours["map-water"],
      } as Painted,
      {
        layer: { id: "roads", type: "line", source: "tiles", "source-layer": "roads" },
        property: "line-color",
        colour: (colours) => colours["map-province"],
      } as Painted,
    ],
  }[frame.tiles_kind];
  const provinces: Painted = {
    layer: {
      id: "provinces",
      type: "line",
      source: "provinces",
      layout: lines,
      paint: { "line-width": 1, "line-dasharray": [3, 2] },
    },
    property: "line-color",
    colour: (colours) => colours["map-province"],
  };
  return [
    { layer: { id: "water", type: "background" }, property: "background-color", colour: (one) => one["map-water"] },
    {
      layer: { id: "countries", type: "fill", source: "countries", paint: { "fill-antialias": false } },
      property: "fill-color",
      colour: (one) => ["case", ["==", ["get", "code"], frame.own], one["map-own"], one["map-other"]],
    },
    ...tiles,
    ...(frame.provinces ? [provinces] : []),
    {
      layer: { id: "halo", type: "line", source: "borders", layout: lines, paint: { "line-width": 4, "line-opacity": 0.7 } },
      property: "line-color",
      colour: (one) => one["map-halo"],
    },
    {
      layer: { id: "borders", type: "line", source: "borders", layout: lines, paint: { "line-width": 1.1 } },
      property: "line-color",
      colour: (one) => one["map-border"],
    },
  ];
}

function styleOf(frame: Frame, shapes: Shapes, colours: Colours): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    countries: { type: "geojson", data: shapes.countries },
    borders: { type: "geojson", data: shapes.borders },
  };
  if (frame.provinces) sources["provinces"] = { type: "geojson", data: new URL(frame.provinces, location.href).href };
  if (frame.tiles) {
    const url = `pmtiles://${new URL(frame.tiles, location.href).href}`;
    sources["tiles"] = frame.tiles_kind === "raster" ? { type: "raster", url, tileSize: 256 } : { type: "vector", url };
  }
  const layers = layersOf(frame).map(({ layer, property, colour }) => {
    const paint = property ? { ...layer.paint, [property]: colour(colours) } : layer.paint;
    return { ...layer, ...(paint ? { paint } : {}) } as LayerSpecification;
  });
  return { version: 8, sources, layers };
}

function recolour(map: MapLibreMap, frame: Frame, colours: Colours): void {
  for (const { layer, property, colour } of layersOf(frame)) {
    if (property) map.setPaintProperty(layer.id, property as "line-color", colour(colours));
  }
}
