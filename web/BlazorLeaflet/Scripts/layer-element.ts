import type * as L from "leaflet";

/** An element within a `<leaflet-map>` that stands for one layer. The layer exists while the element is in the document. */
export abstract class LayerElement<Layer extends L.Layer> extends HTMLElement {
  #layer: Layer | undefined;

  readonly #attach = (): void => {
    const map = this.closest("leaflet-map")?.map;
    if (!map || this.#layer) return;
    this.#layer = this.createLayer();
    this.#layer.addTo(map);
    this.layerAdded(this.#layer, map);
  };

  /** The Leaflet layer, or undefined while the element is not within a map. */
  get layer(): Layer | undefined {
    return this.#layer;
  }

  connectedCallback(): void {
    const host = this.closest("leaflet-map");
    if (!host) {
      console.error(`<${this.localName}> must stand within a <leaflet-map>.`);
      return;
    }
    // The map is there first when the document is parsed; a layer that comes before it waits.
    if (!host.map) host.addEventListener("leaflet-map-ready", this.#attach, { once: true });
    else this.#attach();
  }

  disconnectedCallback(): void {
    const layer = this.#layer;
    this.#layer = undefined;
    if (!layer) return;
    this.layerRemoved(layer);
    layer.remove();
    layer.off();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.#layer && before !== after) this.layerChanged(this.#layer, name);
  }

  protected abstract createLayer(): Layer;

  protected layerAdded(_layer: Layer, _map: L.Map): void {}

  protected layerChanged(_layer: Layer, _attribute: string): void {}

  protected layerRemoved(_layer: Layer): void {}
}
