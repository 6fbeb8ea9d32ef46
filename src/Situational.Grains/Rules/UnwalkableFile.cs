using Microsoft.Extensions.Options;
using Situational.Domain.Coverage;
using Situational.Grains.Options;

namespace Situational.Grains.Rules;

/// <summary>
/// Reads the file of what nobody can walk when the options are validated, which is once and before anything starts: what is wrong with it
/// refuses the start, one line a finding. Safe for all threads.
/// </summary>
public sealed class UnwalkableFile : IValidateOptions<CoverageOptions>
{
    private volatile WalkableGround? _ground;

    /// <summary>What can be walked.</summary>
    /// <exception cref="InvalidOperationException">The options were not validated yet, or in vain.</exception>
    public WalkableGround Ground => _ground ?? throw new InvalidOperationException("The unwalkable areas are not read yet.");

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, CoverageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Unwalkable))
        {
            _ground = WalkableGround.Everything;
            return ValidateOptionsResult.Success;
        }
        const string setting = $"{CoverageOptions.Section}:{nameof(CoverageOptions.Unwalkable)}";
        try
        {
            using var file = File.OpenRead(options.Unwalkable);
            // The reader refuses what is too large; so much need not be read to know it.
            var bytes = new byte[(int)Math.Min(file.Length, UnwalkableReader.MaxBytes + 1L)];
            file.ReadExactly(bytes);
            var reading = UnwalkableReader.Read(bytes);
            _ground = reading.Ground;
            return reading.Ground is null
                ? ValidateOptionsResult.Fail(reading.Faults.Select(f => f.Feature is { } feature ? $"{setting}: feature {feature}: {f.Text}" : $"{setting}: {f.Text}"))
                : ValidateOptionsResult.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"{setting} cannot be read: {fault.Message}");
        }
    }
}
