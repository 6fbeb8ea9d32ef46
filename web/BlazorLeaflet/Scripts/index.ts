import "leaflet/dist/leaflet.css";
import { LeafletMapElement } from "./map-element";

export { LeafletMapElement };

customElements.define("leaflet-map", LeafletMapElement);
