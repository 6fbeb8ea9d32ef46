using System.CommandLine;
using Situational.Cli.Demo;

var root = new RootCommand("Situational's client: the demo city, import and replay, all through the public HTTP API.")
{
    DemoCommand.Create(TimeProvider.System),
};
return await root.Parse(args).InvokeAsync();
