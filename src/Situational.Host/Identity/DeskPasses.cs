using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Situational.Host.Identity;

/// <summary>Passes that open a desk: who someone is, protected and limited in time. Whoever has one is that person.</summary>
internal sealed class DeskPasses(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("situational.desk-pass").ToTimeLimitedDataProtector();

    /// <summary>A pass, and when it ends.</summary>
    public (string Pass, DateTimeOffset Ends) Issue(DeskPass pass) => Issue(pass, Lifetime);

    /// <summary>A pass that ends after a time of the caller's choice.</summary>
    public (string Pass, DateTimeOffset Ends) Issue(DeskPass pass, TimeSpan lifetime)
    {
        var ends = time.GetUtcNow() + lifetime;
        return (_protector.Protect(JsonSerializer.Serialize(pass), ends), ends);
    }

    /// <summary>What a pass says, or null when it is none of ours or too old.</summary>
    public DeskPass? Read(string? pass)
    {
        if (string.IsNullOrEmpty(pass))
            return null;
        try
        {
            return JsonSerializer.Deserialize<DeskPass>(_protector.Unprotect(pass));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
