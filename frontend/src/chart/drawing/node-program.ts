/** Draws an item: its shape, a border, its kind's icon and, where it is chosen, a ring. One call for all. */
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

import type { ShownAs } from "../model.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { type Corners, setCorners } from "./quads.ts";

/** The number of a rectangle says also how high it is to its width. */
export const SHAPES = { circle: 0, square: 1, diamond: 2, oblong: 3 } as const;

/** What an item looks like, beside where it stands. */
export interface Sign extends NodeDisplayData {
  as: ShownAs;
  aspect: number;
  shape: number;
  icon: number;
  line: string;
  ink: string;
  border: number;
  /** The ring's colour; empty without one. */
  ring: string;
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_fill;
attribute vec4 a_line;
attribute vec4 a_ink;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute vec3 a_form;
attribute float a_border;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_view;
uniform float u_scale;
uniform float u_pixel;
varying vec4 v_id, v_fill, v_line, v_ink, v_ring;
varying vec2 v_at;
varying vec4 v_form;
void main() {
  float radius = a_form.x * u_scale;
  float reach = radius * 1.3 + (a_ring.a > 0.0 ? 8.0 : 1.5) * u_pixel;
  v_at = a_corner * reach;
  v_form = vec4(radius, a_form.y, a_form.z, a_border * u_pixel);
  v_id = a_id;
  v_id.a *= 255.0 / 254.0;
  v_fill = a_fill;
  v_line = a_line;
  v_ink = a_ink;
  v_ring = a_ring;
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_at * 2.0 / u_view, 0.0, 1.0);
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_id, v_fill, v_line, v_ink, v_ring;
varying vec2 v_at;
varying vec4 v_form;
uniform sampler2D u_atlas;
uniform float u_cells;
uniform float u_pixel;
float away(vec2 p, float r, float shape) {
  if (shape < 0.5) return length(p) - r;
  if (shape < 1.5) {
    float corner = 0.24 * r;
    vec2 q = abs(p) - vec2(0.9 * r - corner);
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
  }
  if (shape < 2.5) return (abs(p.x) + abs(p.y) - 1.28 * r) * 0.7071;
  float corner = 0.05 * r;
  vec2 q = abs(p) - vec2(r, r * (shape - 3.0)) + corner;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}
void main() {
  float radius = v_form.x;
  if (radius < 0.01) discard;
  float d = away(v_at, radius, v_form.y);
#ifdef PICKING_MODE
  if (d > 2.0) discard;
  gl_FragColor = v_id;
#else
  float soft = 0.7 * min(u_pixel, 1.5);
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float edge = smoothstep(-v_form.w - soft, -v_form.w + soft, d);
  vec4 colour = mix(v_fill, v_line, edge);
  bool framed = v_form.y > 2.5;
  float high = framed ? radius * (v_form.y - 3.0) : radius;
  float half_icon = high * (v_form.y > 1.5 ? 0.6 : 0.62);
  if (v_form.z > -0.5 && high > 5.0 * u_pixel) {
    vec2 uv = (v_at + vec2(framed ? radius - high : 0.0, 0.0)) / half_icon;
    if (max(abs(uv.x), abs(uv.y)) < 1.0) {
      vec2 cell = vec2(mod(v_form.z, u_cells), floor(v_form.z / u_cells));
      vec2 at = (cell + 0.5 + 0.5 * vec2(uv.x, -uv.y)) / u_cells;
      colour = mix(colour, v_ink, texture2D(u_atlas, at).a);
    }
  }
  float ring = v_ring.a * (1.0 - smoothstep(0.0, soft * 2.0, abs(d - 3.5 * u_pixel) - 1.1 * u_pixel));
  vec4 outside = vec4(v_ring.rgb, 1.0) * ring;
  vec4 shown = vec4(colour.rgb, 1.0) * inside * colour.a;
  gl_FragColor = shown + outside * (1.0 - shown.a);
#endif
}`;

const CORNERS: Corners = [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]];
const UNIFORMS = ["u_matrix", "u_view", "u_scale", "u_pixel", "u_atlas", "u_cells"] as const;

/** The program that draws with these icons; sigma makes it where it draws. */
export function nodeProgram(atlas: IconAtlas): new (...given: ConstructorParameters<typeof Drawn>) => Drawn {
  return class extends Drawn {
    protected override readonly atlas = atlas;
  };
}

abstract class Drawn extends NodeProgram<(typeof UNIFORMS)[number]> {
  protected abstract readonly atlas: IconAtlas;
  private readonly textures = new Map<WebGLRenderingContext, WebGLTexture>();

  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    const colour = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_form", size: 3, type: FLOAT },
        { name: "a_border", size: 1, type: FLOAT },
        ...["a_fill", "a_line", "a_ink", "a_ring", "a_id"].map(colour),
        { name: "a_corner", size: 2, type: FLOAT },
      ],
    };
  }

  processVisibleItem(id: number, at: number, data: NodeDisplayData): void {
    const sign = data as Sign;
    setCorners(
      this.array,
      at,
      [
        sign.x, sign.y, sign.size, sign.shape, sign.icon, sign.border,
        floatColor(sign.color), floatColor(sign.line), floatColor(sign.ink),
        sign.ring ? floatColor(sign.ring) : 0, id,
      ],
      CORNERS,
    );
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
    gl.uniformMatrix3fv(at["u_matrix"] ?? null, false, params.matrix);
    gl.uniform2f(at["u_view"] ?? null, params.width * params.pixelRatio, params.height * params.pixelRatio);
    gl.uniform1f(at["u_scale"] ?? null, params.pixelRatio / params.sizeRatio);
    gl.uniform1f(at["u_pixel"] ?? null, params.pixelRatio);
    gl.uniform1f(at["u_cells"] ?? null, this.atlas.cells);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture(gl));
    gl.uniform1i(at["u_atlas"] ?? null, 0);
  }

  private texture(gl: WebGLRenderingContext): WebGLTexture {
    const known = this.textures.get(gl);
    if (known) return known;
    const made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.atlas.canvas);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.generateMipmap(gl.TEXTURE_2D);
    this.textures.set(gl, made);
    return made;
  }
}
