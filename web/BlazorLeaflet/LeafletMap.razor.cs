using Microsoft.AspNetCore.Components;

namespace BlazorLeaflet;

/// <summary>A Leaflet map. Rendered statically as <c>&lt;leaflet-map&gt;</c>; the module <c>blazor-leaflet.js</c> brings it to life in the browser.</summary>
/// <remarks>Its height is the custom property <c>--leaflet-map-height</c> (default 400 px) or whatever a style sheet gives it. Without tiles it is a plain ground, <c>--leaflet-map-background</c>.</remarks>
public sealed partial class LeafletMap : LeafletComponent
{
    /// <summary>Latitude of the centre at first, in degrees, WGS-84, −90 to 90. Default: 0. <see cref="Bounds"/> comes first.</summary>
    [Parameter]
    public double Latitude { get; set; }

    /// <summary>Longitude of the centre at first, in degrees, WGS-84, −180 to 180. Default: 0. <see cref="Bounds"/> comes first.</summary>
    [Parameter]
    public double Longitude { get; set; }

    /// <summary>Zoom at first, 0 to 24; each step doubles the scale, 0 shows the world on 256 px. Default: 2. <see cref="Bounds"/> comes first.</summary>
    [Parameter]
    public double Zoom { get; set; } = 2;

    /// <summary>Farthest zoom, 0 to 24. Default: 0.</summary>
    [Parameter]
    public double MinZoom { get; set; }

    /// <summary>Closest zoom, <see cref="MinZoom"/> to 24. Default: 19.</summary>
    [Parameter]
    public double MaxZoom { get; set; } = 19;

    /// <summary>Zoom is a multiple of this after every change, 0 to 4; 0 for any zoom. Default: 1.</summary>
    [Parameter]
    public double ZoomSnap { get; set; } = 1;

    /// <summary>What must be seen at first. Default: none, the centre and zoom hold.</summary>
    [Parameter]
    public LatLngBox? Bounds { get; set; }

    /// <summary>The map cannot be dragged out of this. Default: none.</summary>
    [Parameter]
    public LatLngBox? MaxBounds { get; set; }

    /// <summary>Whether it can be dragged and zoomed by mouse, touch and keyboard. Default: true.</summary>
    [Parameter]
    public bool Interactive { get; set; } = true;

    /// <summary>Whether the mouse wheel zooms; set it to false on a page that scrolls. Default: true.</summary>
    [Parameter]
    public bool ScrollWheelZoom { get; set; } = true;

    /// <summary>Whether zooming and fading are animated; visitors who ask for reduced motion get none. Default: true.</summary>
    [Parameter]
    public bool Animated { get; set; } = true;

    /// <summary>Whether there are zoom buttons; only on an interactive map. Default: true.</summary>
    [Parameter]
    public bool ZoomControl { get; set; } = true;

    /// <summary>Whether there is a scale bar, metric. Default: false.</summary>
    [Parameter]
    public bool ScaleControl { get; set; }

    /// <summary>Whether the attributions of the layers are shown. Default: true. Most tile servers require it.</summary>
    [Parameter]
    public bool AttributionControl { get; set; } = true;

    /// <summary>What the map is, for assistive technology. Required.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Words of the button that zooms in. Default: English.</summary>
    [Parameter]
    public string? ZoomInTitle { get; set; }

    /// <summary>Words of the button that zooms out. Default: English.</summary>
    [Parameter]
    public string? ZoomOutTitle { get; set; }

    /// <summary>The layers, from the lowest to the uppermost. Default: none.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside its range.</exception>
    protected override void OnParametersSet()
    {
        Require(Latitude, -90, 90, nameof(Latitude));
        Require(Longitude, -180, 180, nameof(Longitude));
        Require(Zoom, 0, 24, nameof(Zoom));
        Require(MinZoom, 0, 24, nameof(MinZoom));
        Require(MaxZoom, MinZoom, 24, nameof(MaxZoom));
        Require(ZoomSnap, 0, 4, nameof(ZoomSnap));
        Require(Bounds, nameof(Bounds));
        Require(MaxBounds, nameof(MaxBounds));
        ArgumentException.ThrowIfNullOrWhiteSpace(Label);
    }
}
