using Postlotse.Journeys;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Started by a test with this word first, the program is the mailroom that the test kills; else it runs the tests.
if (args is [Mailroom.Verb, .. var rest]) return await Mailroom.MainAsync(rest);
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, Journey.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
