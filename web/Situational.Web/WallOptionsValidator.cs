using Microsoft.Extensions.Options;

namespace Situational.Web;

/// <summary>Refuses settings of the wall that would only show as an empty map or a wrong clock.</summary>
internal sealed class WallOptionsValidator : IValidateOptions<WallOptions>
{
    public ValidateOptionsResult Validate(string? name, WallOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrWhiteSpace(options.TileUrl))
        {
            if (ContentSecurity.OriginOf(options.TileUrl) is null)
                faults.Add($"{WallOptions.Section}:TileUrl must be an absolute http or https address with {{z}}, {{x}} and {{y}}, not '{options.TileUrl}'.");
            if (string.IsNullOrWhiteSpace(options.TileAttribution))
                faults.Add($"{WallOptions.Section}:TileAttribution must name who made the tiles when TileUrl is set.");
        }

        if (!string.IsNullOrWhiteSpace(options.TimeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
            faults.Add($"{WallOptions.Section}:TimeZone must be an IANA time zone such as Asia/Shanghai, not '{options.TimeZone}'.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
