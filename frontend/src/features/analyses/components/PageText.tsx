import { type CSSProperties, memo } from "react";
import type { PageImageResponse, PageTextResponse, WordResponse } from "@/lib/api/client.generated";

interface Props {
  text: PageTextResponse;
  image: PageImageResponse;
}

/** The words of a page at their places, not seen and above its image, so that they can be selected and copied. */
export const PageText = memo(function PageText({ text, image }: Props) {
  return (
    <div className="page-text">
      {text.lines.map(({ words }, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a page does not change
        <div key={line}>
          {words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span key={index} style={styleOf(word, text.turned, image)}>
              {`${word.text} `}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
});

/** The word as high and as wide as its box, whatever the font. A page on its side has its text turned back. */
function styleOf(
  { text, box }: WordResponse,
  turned: PageTextResponse["turned"],
  image: PageImageResponse,
): CSSProperties {
  const [left, top, right, bottom] = box;
  const isSideways = turned === 90 || turned === 270;
  const broad = (right - left) * image.width;
  const down = (bottom - top) * image.height;
  const [width, height] = isSideways ? [down, broad] : [broad, down];
  const x = turned === 180 || turned === 270 ? right : left;
  const y = turned === 90 || turned === 180 ? bottom : top;
  return {
    left: `${100 * x}%`,
    top: `${100 * y}%`,
    fontSize: `${(100 * height) / image.height}cqh`,
    transform: `rotate(${-turned}deg) scaleX(${width / (height * widthOf(text) || 1)})`,
  };
}

let context: CanvasRenderingContext2D | null | undefined;
const MEASURED_AT = 20;
const USUAL_WIDTH = 0.5;

/** The width of a text in the height of its font. */
function widthOf(text: string): number {
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d");
    if (context) context.font = `${MEASURED_AT}px sans-serif`;
  }
  return context ? context.measureText(text).width / MEASURED_AT : text.length * USUAL_WIDTH;
}
