/** Where a place of the earth is on the screen: Web Mercator, north up, flat. */

export interface Point {
  x: number;
  y: number;
}

/** A place as the projection has it: both from 0 to 1, from west to east and from north to south. */
export type Projected = Point;

/** The width of the whole earth at zoom 0, in pixels; MapLibre's. */
const EARTH_PX = 512;
const EARTH_KM = 40_075;

export function projected(longitude: number, latitude: number): Projected {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return { x: (longitude + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

/** What of the earth a map shows. */
export class View {
  readonly scale: number;
  private readonly centre: Projected;

  constructor(
    longitude: number,
    private readonly latitude: number,
    readonly zoom: number,
    readonly width: number,
    readonly height: number,
  ) {
    this.centre = projected(longitude, latitude);
    this.scale = EARTH_PX * 2 ** zoom;
  }

  at(place: Projected): Point {
    return {
      x: (place.x - this.centre.x) * this.scale + this.width / 2,
      y: (place.y - this.centre.y) * this.scale + this.height / 2,
    };
  }

  shows({ x, y }: Point, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin;
  }

  /** How many kilometres a pixel is wide in the middle. */
  get kmPerPixel(): number {
    return (EARTH_KM * Math.cos((this.latitude * Math.PI) / 180)) / this.scale;
  }
}
