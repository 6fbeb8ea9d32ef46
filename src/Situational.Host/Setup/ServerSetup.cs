using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Situational.Host.Setup;

/// <summary>The web server's limits, its logs and its way to stop.</summary>
internal static class ServerSetup
{
    /// <summary>How long a stop may take in all; the promise is 5 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Adds them. Every limit that a client could push against is named here or at its endpoint.</summary>
    public static WebApplicationBuilder AddSituationalServer(this WebApplicationBuilder builder)
    {
        ListenAddresses.Check(builder.Configuration);
        var folder = DataFolder.Open(builder.Configuration);
        builder.Configuration["Situational:Data"] = folder.Path;
        builder.Services.AddSingleton(folder);

        builder.Logging.ClearProviders();
        // stdout belongs to the lines that tools read
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        // request logs of the framework hold query strings, and those may hold tickets
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // a host built without the front end has no web root, which its builder knows
        builder.Logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // the key ring is protected by the folder's mode; the warning that it is not encrypted as well comes at every first start
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks>();
        builder.WebHost.UseStaticWebAssets();
        // assets are what the build made; watching them for edits would add a route that serves any file put beside them
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = 256 * 1024;
            limits.MaxRequestLineSize = 8 * 1024;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.MaxConcurrentConnections = 10_000;
            limits.MaxConcurrentUpgradedConnections = 5_000;
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        });
        return builder;
    }
}
