using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Host.Api;
using Situational.Host.Cluster;
using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Host.Ingest;
using Situational.Host.Setup;
using Situational.Storage;
using Situational.Web;

if (args is [var command, ..] && StorageUpkeep.Knows(command))
    return await UpkeepRun.ToExitCodeAsync(args);

if (HostArguments.AskForHelp(args))
{
    Console.WriteLine(HostArguments.Help);
    return 0;
}

return await HostRun.ToExitCodeAsync(() =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = HostArguments.Translate(args), ContentRootPath = AppContext.BaseDirectory });
    builder.AddSituationalServer();
    builder.AddSituationalSilo();
    builder.Services.AddSituationalStorage(builder.Configuration);
    builder.Services.AddFeedOutbox();
    builder.Services.AddSituationalGrains(builder.Configuration);
    builder.Services.AddSituationalFeed();
    builder.Services.AddSituationalIdentity();
    builder.Services.AddSituationalIngest();
    builder.Services.AddSituationalApi();
    builder.Services.AddSituationalWeb();
    builder.Services.AddHostedService<Announcer>();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.UseSituationalIdentity();
    app.MapStaticAssets().AllowAnonymous();
    app.MapSituationalIngest();
    app.MapSituationalApi();
    app.MapSituationalFeed();
    app.MapSituationalWeb().AllowAnonymous();
    return app;
});
