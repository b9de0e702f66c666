// Tests that need no storage and take seconds: dotnet test --filter Category=Unit
[assembly: AssemblyTrait("Category", "Unit")]
