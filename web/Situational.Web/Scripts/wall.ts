import "blazor-leaflet";
