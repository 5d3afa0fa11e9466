using BelcoFunctions.Simulation.Tests;

return CommandLine.Run(args, Console.Out);
