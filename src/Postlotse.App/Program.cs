using Postlotse.Engines;

// A page child: the same executable, started by the engine pool with a hidden argument.
if (args is [EngineChild.Verb, ..]) return EngineChild.Run(args[1..], Console.OpenStandardInput(), Console.OpenStandardOutput());
return 2;
