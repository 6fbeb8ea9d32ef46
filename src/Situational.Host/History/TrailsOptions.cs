using System.ComponentModel.DataAnnotations;

namespace Situational.Host.History;

/// <summary>For how long it is kept where units went, section <c>Situational:Trails</c>.</summary>
internal sealed class TrailsOptions
{
    /// <summary>The section they are read from.</summary>
    public const string Section = "Situational:Trails";

    /// <summary>Days that trails are kept, 1 to 366. Default: 7.</summary>
    [Range(1, 366)]
    public int KeptDays { get; set; } = 7;
}
