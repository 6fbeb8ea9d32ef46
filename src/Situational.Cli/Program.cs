using System.CommandLine;
using Situational.Cli.Demo;
using Situational.Cli.Desks;
using Situational.Cli.Import;
using Situational.Cli.Load;
using Situational.Cli.Replay;

var root = new RootCommand("Situational's client: the demo city, import, replay, links to desks and load, all through the public HTTP API.")
{
    DemoCommand.Create(TimeProvider.System),
    ImportCommand.Create(TimeProvider.System),
    ReplayCommand.Create(TimeProvider.System),
    PassCommand.Create(TimeProvider.System),
    LoadCommand.Create(TimeProvider.System),
};
return await root.Parse(args).InvokeAsync();
