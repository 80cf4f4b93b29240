// What the types of the browser do not know yet, or know less of than we use.

/** https://developer.mozilla.org/docs/Web/API/BarcodeDetector: not in every browser. */
declare class BarcodeDetector {
  constructor(options: { formats: string[] });
  static getSupportedFormats(): Promise<string[]>;
  detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

type Timer = ReturnType<typeof setTimeout>;

/** Written before each service worker by the site: what it stores. Each reads its own part. */
declare const BUILD: { version: string; page: string; shell: string; assets: string[]; static: string; immutable: boolean };
