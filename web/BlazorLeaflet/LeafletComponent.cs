using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace BlazorLeaflet;

/// <summary>What the components share: further attributes, and how parameters become attributes.</summary>
public abstract class LeafletComponent : ComponentBase
{
    /// <summary>Further attributes of the element, such as <c>id</c>, <c>class</c> or <c>data-…</c>. Default: none.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>A number as an attribute's value, the same in every culture.</summary>
    protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A flag as an attribute's value.</summary>
    protected static string Text(bool value) => value ? "true" : "false";

    /// <summary>Throws unless <paramref name="value"/> lies within the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside, or is not a number.</exception>
    protected static void Require(double value, double least, double most, string parameter)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(parameter, value, string.Create(CultureInfo.InvariantCulture, $"{parameter} must be {least} to {most}."));
    }

    /// <summary>Throws unless <paramref name="box"/> is absent or valid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box is not valid.</exception>
    protected static void Require(LatLngBox? box, string parameter)
    {
        if (box is { IsValid: false })
            throw new ArgumentOutOfRangeException(parameter, box, $"{parameter} must be south < north within ±90° and west < east within ±180°.");
    }
}
