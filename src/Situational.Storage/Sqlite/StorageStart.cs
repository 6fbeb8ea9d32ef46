using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Situational.Storage.Sqlite;

/// <summary>Needs the store when the host starts, so that a folder that cannot be used ends the start and not the first report.</summary>
internal sealed partial class StorageStart(SqliteStore store, ILogger<StorageStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOpened(log, store.File);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Journal: {File}")]
    private static partial void LogOpened(ILogger logger, string file);
}
