using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Where Redis is and who we are there, after everything was refused that would show data or a password to others.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">The user, or null for the default one.</param>
/// <param name="Password">The password, or null.</param>
/// <param name="Authorities">Who may have signed the certificate, or null for the system's authorities.</param>
internal sealed record RedisAddress(string Host, int Port, string? User, string? Password, X509Certificate2Collection? Authorities)
{
    /// <summary>Present in the library from its version 2.1 on.</summary>
    public static readonly PropertyInfo? UserOfLibrary = typeof(ConfigurationOptions).GetProperty("User");

    /// <exception cref="StorageUnusableException">The settings are wrong or allow what must not be; the message names the setting, never a secret.</exception>
    public static RedisAddress Of(RedisOptions options)
    {
        var (host, port) = Parse(options.Address);
        var user = string.IsNullOrEmpty(options.User) ? null : options.User;
        var password = ReadPassword(options);
        if (user is not null && password is null)
            throw Refused($"{nameof(options.User)} is set without {nameof(options.Password)} or {nameof(options.PasswordFile)}");
        if (!IsLoopback(host))
        {
            if (!options.Tls)
                throw Refused($"{options.Address} is not a loopback address, so {nameof(options.Tls)} must be true");
            if (user is null)
                throw Refused($"{options.Address} is not a loopback address, so {nameof(options.User)} must name a Redis user of this system alone, with its password");
        }
        return new RedisAddress(host, port, user, password, ReadAuthorities(options));
    }

    /// <summary>Whether a server's certificate is good.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="errors">What the system finds wrong with it.</param>
    public bool Trusts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (Authorities is null || errors == SslPolicyErrors.None)
            return errors == SslPolicyErrors.None;
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }

    /// <summary>Host and port as one reads them; holds no secret.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static (string Host, int Port) Parse(string address)
    {
        var colon = address.LastIndexOf(':');
        var host = colon < 0 ? address : address[..colon];
        var port = 6379;
        if (host.Length == 0 || host.Contains('@', StringComparison.Ordinal) || host.Contains('/', StringComparison.Ordinal)
            || (colon >= 0 && !(int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65_536)))
            throw Refused($"{nameof(RedisOptions.Address)} is not a host and a port");
        return (host.Trim('[', ']'), port);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    private static string? ReadPassword(RedisOptions options)
    {
        if (string.IsNullOrEmpty(options.PasswordFile))
            return string.IsNullOrEmpty(options.Password) ? null : options.Password;
        if (!string.IsNullOrEmpty(options.Password))
            throw Refused($"{nameof(options.Password)} and {nameof(options.PasswordFile)} exclude each other");
        try
        {
            using var reader = new StreamReader(options.PasswordFile);
            return reader.ReadLine() is { Length: > 0 } line ? line : throw Refused($"{nameof(options.PasswordFile)} has no password in its first line");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refused($"{nameof(options.PasswordFile)} cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection? ReadAuthorities(RedisOptions options)
    {
        if (!options.Tls || string.IsNullOrEmpty(options.CaFile))
            return null;
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaFile);
            return authorities.Count > 0 ? authorities : throw Refused($"{nameof(options.CaFile)} holds no certificate");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Refused($"{nameof(options.CaFile)} cannot be read: {e.Message}", e);
        }
    }

    private static StorageUnusableException Refused(string why, Exception? inner = null) => new($"{RedisOptions.Section}: {why}", inner);
}
