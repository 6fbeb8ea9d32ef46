using System.CommandLine;
using Situational.Cli.Demo;
using Situational.Cli.Desks;
using Situational.Cli.Import;
using Situational.Cli.Replay;

var root = new RootCommand("Situational's client: the demo city, import, replay and links to desks, all through the public HTTP API.")
{
    DemoCommand.Create(TimeProvider.System),
    ImportCommand.Create(TimeProvider.System),
    ReplayCommand.Create(TimeProvider.System),
    PassCommand.Create(TimeProvider.System),
};
return await root.Parse(args).InvokeAsync();
