using Microsoft.AspNetCore.Components;

namespace BlazorLeaflet;

/// <summary>The tiles of a tile server, as <c>&lt;leaflet-tile-layer&gt;</c>. A page's Content-Security-Policy must allow the server in <c>img-src</c>.</summary>
public sealed partial class TileLayer : LeafletComponent
{
    /// <summary>Template of a tile's address with <c>{z}</c>, <c>{x}</c> and <c>{y}</c> (or <c>{-y}</c>), perhaps <c>{s}</c> for <see cref="Subdomains"/> and <c>{r}</c> for <c>@2x</c> on dense screens. Required.</summary>
    [Parameter, EditorRequired]
    public required string Url { get; set; }

    /// <summary>Who made the tiles, shown on the map. HTML: take it from configuration, never from visitors. Required.</summary>
    [Parameter, EditorRequired]
    public required string Attribution { get; set; }

    /// <summary>Farthest zoom at which the layer is shown, 0 to 24. Default: 0.</summary>
    [Parameter]
    public double MinZoom { get; set; }

    /// <summary>Closest zoom at which the server has tiles, <see cref="MinZoom"/> to 24; closer ones are enlarged. Default: 19.</summary>
    [Parameter]
    public double MaxZoom { get; set; } = 19;

    /// <summary>0 (invisible) to 1 (opaque). Default: 1.</summary>
    [Parameter]
    public double Opacity { get; set; } = 1;

    /// <summary>One letter for each value of <c>{s}</c>. Default: <c>abc</c>.</summary>
    [Parameter]
    public string Subdomains { get; set; } = "abc";

    /// <summary>CSS class of the tiles, to tint them for instance. Default: none.</summary>
    [Parameter]
    public string? TileClass { get; set; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A parameter is missing or cannot be used.</exception>
    protected override void OnParametersSet()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Url);
        ArgumentException.ThrowIfNullOrWhiteSpace(Attribution);
        if (!Url.Contains("{z}", StringComparison.Ordinal) || !Url.Contains("{x}", StringComparison.Ordinal)
            || !(Url.Contains("{y}", StringComparison.Ordinal) || Url.Contains("{-y}", StringComparison.Ordinal)))
            throw new ArgumentException("Url must hold {z}, {x} and {y}.", nameof(Url));
        Require(MinZoom, 0, 24, nameof(MinZoom));
        Require(MaxZoom, MinZoom, 24, nameof(MaxZoom));
        Require(Opacity, 0, 1, nameof(Opacity));
    }
}
