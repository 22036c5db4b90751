using System.CommandLine;
using Postlotse.App.Cli;
using Postlotse.App.Serving;

namespace Postlotse.App.Commands;

/// <summary><c>serve</c>: web application, API, watched folder and workers in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = CommandTree.Text("--data", "DIR", TextKey.OptionData);
        data.DefaultValueFactory = _ => "postlotse-data";
        var urls = CommandTree.Text("--urls", "URL", TextKey.OptionUrls);
        urls.DefaultValueFactory = _ => "http://127.0.0.1:8080";
        var org = CommandTree.Text("--org", "ORG.json", TextKey.OptionFirstOrg);
        var demo = new Option<bool>("--demo") { Description = Texts.Of(TextKey.OptionDemo) };
        var command = new Command("serve", Texts.Of(TextKey.AboutServe)) { data, urls, org, demo };
        command.SetAction(async (call, cancellationToken) => (int)await Server.RunAsync(
            new(call.GetRequiredValue(data), call.GetRequiredValue(urls), call.GetValue(org), call.GetValue(demo)), cancellationToken));
        return command;
    }
}
