using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Situational.Host.Setup;

namespace Situational.Host.Identity;

/// <summary>The one key that may write. Only its hash stays in memory.</summary>
internal sealed class IngestKey
{
    private readonly byte[] _hash;

    /// <summary>Takes the configured key, else the one in the data folder, else makes one there that its owner alone can read.</summary>
    /// <exception cref="StartRefusedException">The key in the file is too short to be one, or the file cannot be used.</exception>
    public IngestKey(IOptions<IngestKeyOptions> options, DataFolder folder)
    {
        var key = options.Value.Key ?? FromFile(folder.Combine("ingest.key"));
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Whether that is the key. Takes the same time for every wrong one.</summary>
    public bool Matches(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _hash);

    private static string FromFile(string path)
    {
        try
        {
            if (!File.Exists(path))
                Make(path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var key = File.ReadAllText(path).Trim();
            return key.Length >= IngestKeyOptions.MinLength
                ? key
                : throw new StartRefusedException(
                    StartRefusedException.Settings, $"{path} holds no key of at least {IngestKeyOptions.MinLength} characters. Remove it to get a new one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(StartRefusedException.DataFolder, $"{path} cannot be used: {e.Message}", e);
        }
    }

    private static void Make(string path)
    {
        // written aside and renamed, so that a crash leaves no half key
        var aside = path + ".new";
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(aside, Encoding.ASCII, mode))
            file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        File.Move(aside, path, overwrite: true);
    }
}
