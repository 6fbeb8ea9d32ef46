using Microsoft.Extensions.Options;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Grains.Options;

namespace Situational.Grains.Rules;

/// <summary>
/// Reads the city's rules when the options are validated, which is once and before anything starts: what is wrong with the files refuses the
/// start, one line a finding. Safe for all threads.
/// </summary>
public sealed class CityRulesFiles : IValidateOptions<CityOptions>
{
    private const int MostBytes = 8 * 1024 * 1024;

    private volatile CityRules? _rules;

    /// <summary>The rules that were read.</summary>
    /// <exception cref="InvalidOperationException">The options were not validated yet, or in vain.</exception>
    public CityRules Rules => _rules ?? throw new InvalidOperationException("The city's rules are not read yet.");

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, CityOptions options)
    {
        var faults = new List<string>();
        var catalogue = Read(options.Catalogue, nameof(CityOptions.Catalogue), CatalogueReader.DefaultFile, faults);
        var calendar = Read(options.Calendar, nameof(CityOptions.Calendar), CalendarReader.DefaultFile, faults);
        if (faults.Count > 0)
            return ValidateOptionsResult.Fail(faults);
        var reading = CityRules.Read(catalogue, calendar);
        foreach (var fault in reading.Faults)
            faults.Add($"{fault.File}: {fault.Text}");
        _rules = reading.Rules;
        return reading.Rules is null ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static ReadOnlyMemory<byte> Read(string? path, string setting, ReadOnlyMemory<byte> shipped, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(path))
            return shipped;
        try
        {
            using var file = File.OpenRead(path);
            // The reader refuses what is too large; so much need not be read to know it.
            var most = (int)Math.Min(file.Length, MostBytes);
            var bytes = new byte[most];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add($"{CityOptions.Section}:{setting} cannot be read: {fault.Message}");
            return shipped;
        }
    }
}
