namespace Situational.Cli.Http;

/// <summary>The command cannot go on; the message is for the person at the terminal.</summary>
internal sealed class ClientException(string message, Exception? inner = null) : Exception(message, inner);
