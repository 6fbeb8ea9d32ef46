using System.CommandLine;

namespace Situational.Cli.Http;

/// <summary>The options that say which system to talk to; every command has them.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string?> _server = new("--server") { Description = "Address of the system. Default: SITUATIONAL_SERVER, else http://127.0.0.1:5080." };
    private readonly Option<string?> _key = new("--key") { Description = "Ingest key. Default: SITUATIONAL_KEY, else ingest.key in the data folder." };
    private readonly Option<string> _data = new("--data") { Description = "Data folder of a system on this machine, to read its key from.", DefaultValueFactory = _ => "data" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_key);
        command.Options.Add(_data);
    }

    /// <summary>The client for what was said on the command line.</summary>
    /// <exception cref="ClientException">The address is none, or no key was given or found.</exception>
    public SituationalClient Connect(ParseResult parsed, TimeProvider time)
    {
        var server = parsed.GetValue(_server) ?? Environment.GetEnvironmentVariable("SITUATIONAL_SERVER") ?? "http://127.0.0.1:5080";
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ClientException($"--server: '{server}' is no http or https address");
        return new SituationalClient(address, ReadKey(parsed), time);
    }

    /// <summary>The ingest key for what was said on the command line.</summary>
    /// <exception cref="ClientException">None was given or found.</exception>
    public string ReadKey(ParseResult parsed)
    {
        if ((parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("SITUATIONAL_KEY")) is { Length: > 0 } key)
            return key;
        var file = Path.Combine(parsed.GetValue(_data)!, "ingest.key");
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException($"no ingest key: give --key or SITUATIONAL_KEY, or name the system's data folder with --data ({file}: {e.Message})", e);
        }
    }
}
