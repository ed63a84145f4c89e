/** Draws a link: solid, dashed or dotted, beside others between the same two, with a head. One call for all. */
import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

import { reach } from "./looks.ts";
import type { Sign } from "./node-program.ts";
import { type Corners, setCorners } from "./quads.ts";

export const DASHES = { confirmed: 0, unconfirmed: 1, tentative: 2, dashdot: 3 } as const;

/** What a line looks like. */
export interface Line extends EdgeDisplayData {
  dash: number;
  /** How far beside the straight line it runs, in pixels. */
  aside: number;
  /** 1: a head at the end; 2: at the begin; 3: at both. */
  heads: number;
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_colour;
attribute vec4 a_ends;
attribute vec4 a_form;
attribute vec2 a_radii;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_view;
uniform float u_scale;
uniform float u_pixel;
varying vec4 v_colour;
varying vec2 v_at;
varying vec4 v_form;
varying vec2 v_ends;
void main() {
  vec2 begin = (u_matrix * vec3(a_ends.xy, 1.0)).xy * 0.5 * u_view;
  vec2 end = (u_matrix * vec3(a_ends.zw, 1.0)).xy * 0.5 * u_view;
  float size = length(end - begin);
  vec2 along = size > 0.001 ? (end - begin) / size : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float thick = max(a_form.x * u_pixel, u_pixel);
  // Each pixel beside the line costs as much as one of it: room for heads is where heads are seen.
  float heads = min(a_radii.x, a_radii.y) * u_scale > 4.0 * u_pixel ? a_form.w : 0.0;
  float half_width = thick * 0.5 + (heads > 0.5 ? 5.0 : 0.6) * u_pixel;
  v_at = vec2(a_corner.x * size, a_corner.y * half_width);
  v_form = vec4(thick, a_form.y, heads, size);
  v_ends = vec2(a_radii.x * u_scale, size - a_radii.y * u_scale);
  v_colour = a_colour;
#ifdef PICKING_MODE
  v_colour = a_id;
#endif
  v_colour.a *= 255.0 / 254.0;
  vec2 place = begin + along * v_at.x + across * (v_at.y + a_form.z * u_pixel);
  gl_Position = vec4(place * 2.0 / u_view, 0.0, 1.0);
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_colour;
varying vec2 v_at;
varying vec4 v_form;
varying vec2 v_ends;
uniform float u_pixel;
float head(float past) {
  float size = 8.0 * u_pixel + v_form.x;
  if (past < 0.0 || past > size) return 0.0;
  float half_width = 0.46 * past;
  return 1.0 - smoothstep(half_width - 0.6 * u_pixel, half_width + 0.6 * u_pixel, abs(v_at.y));
}
void main() {
#ifdef PICKING_MODE
  gl_FragColor = v_colour;
#else
  float room = v_ends.y - v_ends.x;
  float soft = 0.6 * u_pixel;
  float half_line = v_form.x * 0.5;
  float shown = 1.0 - smoothstep(half_line - soft, half_line + soft, abs(v_at.y));
  if (v_form.y > 2.5) {
    float at = mod(v_at.x, 20.0 * u_pixel) / u_pixel;
    if (at > 11.0 && (at < 14.0 || at > 17.0)) shown = 0.0;
  } else if (v_form.y > 0.5) {
    float step = (v_form.y > 1.5 ? 5.0 : 10.0) * u_pixel;
    if (mod(v_at.x, step) > step * (v_form.y > 1.5 ? 0.4 : 0.6)) shown = 0.0;
  }
  bool at_end = v_form.z == 1.0 || v_form.z == 3.0;
  bool at_begin = v_form.z > 1.5;
  float size = 8.0 * u_pixel + v_form.x;
  if (room > size * 2.0) {
    if (at_end && v_at.x > v_ends.y - size * 0.8) shown = 0.0;
    if (at_begin && v_at.x < v_ends.x + size * 0.8) shown = 0.0;
    if (at_end) shown = max(shown, head(v_ends.y - v_at.x));
    if (at_begin) shown = max(shown, head(v_at.x - v_ends.x));
  }
  gl_FragColor = vec4(v_colour.rgb, 1.0) * v_colour.a * shown;
#endif
}`;

const CORNERS: Corners = [[0, -1], [1, -1], [0, 1], [0, 1], [1, -1], [1, 1]];
const UNIFORMS = ["u_matrix", "u_view", "u_scale", "u_pixel"] as const;

export class LineProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_ends", size: 4, type: FLOAT },
        { name: "a_form", size: 4, type: FLOAT },
        { name: "a_radii", size: 2, type: FLOAT },
        { name: "a_colour", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_corner", size: 2, type: FLOAT },
      ],
    };
  }

  processVisibleItem(
    id: number, at: number, begin: NodeDisplayData, end: NodeDisplayData, data: EdgeDisplayData,
  ): void {
    const line = data as Line;
    const [dx, dy] = [end.x - begin.x, end.y - begin.y];
    setCorners(
      this.array,
      at,
      [
        begin.x, begin.y, end.x, end.y, line.size, line.dash, line.aside, line.heads,
        reach(begin as Sign, dx, dy) * 1.04, reach(end as Sign, dx, dy) * 1.04, floatColor(line.color), id,
      ],
      CORNERS,
    );
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
    gl.uniformMatrix3fv(at["u_matrix"] ?? null, false, params.matrix);
    gl.uniform2f(at["u_view"] ?? null, params.width * params.pixelRatio, params.height * params.pixelRatio);
    gl.uniform1f(at["u_scale"] ?? null, params.pixelRatio / params.sizeRatio);
    gl.uniform1f(at["u_pixel"] ?? null, params.pixelRatio);
  }
}
