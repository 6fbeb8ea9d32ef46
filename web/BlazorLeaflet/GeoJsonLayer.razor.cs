using Microsoft.AspNetCore.Components;

namespace BlazorLeaflet;

/// <summary>Shapes from GeoJSON (RFC 7946), as <c>&lt;leaflet-geojson-layer&gt;</c>.</summary>
/// <remarks>The element fires <c>load</c>, <c>error</c> and, when interactive, <c>featureclick</c> with the feature and the place. For thousands of shapes that change, a <see cref="CanvasLayer"/> is faster.</remarks>
public sealed partial class GeoJsonLayer : LeafletComponent
{
    /// <summary>Address of the GeoJSON, fetched by the browser. Default: none; exactly one of this and <see cref="Data"/>, or neither when a script sets the element's <c>data</c>.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>The GeoJSON itself, as text; it becomes part of the page. Default: none.</summary>
    [Parameter]
    public string? Data { get; set; }

    /// <summary>CSS colour of the outline. Default: <c>#3388ff</c>.</summary>
    [Parameter]
    public string Color { get; set; } = "#3388ff";

    /// <summary>Width of the outline in CSS pixels, 0 to 100. Default: 2.</summary>
    [Parameter]
    public double Weight { get; set; } = 2;

    /// <summary>Opacity of the outline, 0 to 1. Default: 1.</summary>
    [Parameter]
    public double Opacity { get; set; } = 1;

    /// <summary>CSS colour of the area. Default: that of the outline.</summary>
    [Parameter]
    public string? FillColor { get; set; }

    /// <summary>Opacity of the area, 0 to 1. Default: 0.2.</summary>
    [Parameter]
    public double FillOpacity { get; set; } = 0.2;

    /// <summary>Radius of points in CSS pixels, 0 to 100. Default: 6.</summary>
    [Parameter]
    public double PointRadius { get; set; } = 6;

    /// <summary>Name of the feature property that is shown beside the pointer and said by assistive technology. Default: none.</summary>
    [Parameter]
    public string? LabelProperty { get; set; }

    /// <summary>Whether shapes can be clicked, and reached by keyboard. Default: false.</summary>
    [Parameter]
    public bool Interactive { get; set; }

    /// <summary>Whether the map moves to show all shapes once they are there. Default: false.</summary>
    [Parameter]
    public bool Fit { get; set; }

    /// <summary>A block of data, which no policy takes for a script; <c>&lt;</c> is escaped, so no text can end it early.</summary>
    private MarkupString Inline => new(Data is null
        ? ""
        : $"<script type=\"application/json\">{Data.Replace("<", "\\u003C", StringComparison.Ordinal)}</script>");

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A parameter lies outside its range, or both sources are given.</exception>
    protected override void OnParametersSet()
    {
        if (Source is not null && Data is not null)
            throw new ArgumentException("Give Source or Data, not both.", nameof(Data));
        Require(Weight, 0, 100, nameof(Weight));
        Require(Opacity, 0, 1, nameof(Opacity));
        Require(FillOpacity, 0, 1, nameof(FillOpacity));
        Require(PointRadius, 0, 100, nameof(PointRadius));
    }
}
