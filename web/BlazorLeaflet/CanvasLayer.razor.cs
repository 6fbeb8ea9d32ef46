using Microsoft.AspNetCore.Components;

namespace BlazorLeaflet;

/// <summary>A canvas over the map, as <c>&lt;leaflet-canvas-layer&gt;</c>. A script of the page sets the element's <c>painter</c>, which draws; give the element an <c>id</c> to find it by.</summary>
public sealed partial class CanvasLayer : LeafletComponent
{
    /// <summary>Stacking order among the canvases of the map, −1000 to 1000; the higher covers the lower. Default: 0.</summary>
    [Parameter]
    public int ZIndex { get; set; }

    /// <summary>Most frames a second while something moves, 0 to 240; 0 for as many as the screen shows. Default: 0.</summary>
    [Parameter]
    public double FramesPerSecond { get; set; }

    /// <summary>Most device pixels drawn for a CSS pixel, 0.5 to 4; lower is faster and coarser. Default: 2.</summary>
    [Parameter]
    public double MaxPixelRatio { get; set; } = 2;

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside its range.</exception>
    protected override void OnParametersSet()
    {
        Require(ZIndex, -1000, 1000, nameof(ZIndex));
        Require(FramesPerSecond, 0, 240, nameof(FramesPerSecond));
        Require(MaxPixelRatio, 0.5, 4, nameof(MaxPixelRatio));
    }
}
